"""Development tools: training, comparison with other extractors, fuzzing. Not installed."""

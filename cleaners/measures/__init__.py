"""What the model sees and is: numbers of blocks and containers, scores of tokens, the network."""

"""What else is heard about lines: those around them, guards, weak rules, likeness to prompts."""

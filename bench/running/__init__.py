"""What is measured, how it is installed and started, and what the figures say."""

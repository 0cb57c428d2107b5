"""What is handed out: slides and documents, with charts that can be edited and numbers that can be read back."""

"""What a reporter asks: one function a question, and its answer in rows and in words."""

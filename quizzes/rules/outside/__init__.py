"""What is asked of an outside language model, and what of its answers is taken: pure, without any network."""

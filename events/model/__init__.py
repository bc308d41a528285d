"""What an incident is: its drafts and values, the claims and the figures that follow from them, texts and errors."""

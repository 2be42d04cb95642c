"""What live rooms cost: a real media process, people who send prepared pictures and sound, and what both measure."""

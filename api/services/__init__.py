"""What several routes need done: asking workflows, building requests, taking in uploads."""

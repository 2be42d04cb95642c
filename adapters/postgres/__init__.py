"""PostgreSQL: journal, register, keys, sessions, drafts, batches; and the migrations of its schema."""

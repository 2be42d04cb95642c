-- Lists look for what is under way, and for a number; neither may read the whole register.
CREATE INDEX register_by_stage ON register (administration, stage, scheduled_at, procedure);
CREATE INDEX register_by_number ON register (administration, (public->>'case_number') text_pattern_ops);
CREATE INDEX register_by_office ON register USING gin (offices);

-- Over which saved text of the point it was typed: a draft older than the point is not taken up again.
ALTER TABLE drafts ADD COLUMN revision integer NOT NULL DEFAULT 0;

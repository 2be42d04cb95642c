-- Which key made a summons code: it is the same at every print, also after that key was followed by another.
ALTER TABLE summons ADD COLUMN made_with text;

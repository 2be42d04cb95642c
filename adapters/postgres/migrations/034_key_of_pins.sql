-- Which key made a PIN: it is the same whenever it is sent again, also after that key was followed by another.
ALTER TABLE pin_challenges ADD COLUMN made_with text;

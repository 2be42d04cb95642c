-- A token may be bound to the certificate with which its system showed who it is (RFC 8705).
ALTER TABLE access_tokens ADD COLUMN certificate_sha256 text;

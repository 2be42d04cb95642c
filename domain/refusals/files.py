"""Refusals: files that somebody brings."""

from domain.refusals.declared import CALLER, declare

FILE_TYPE_UNKNOWN = declare("file_type_unknown", 422, CALLER, "part")
FILE_TOO_LARGE = declare("file_too_large", 422, CALLER, "limit_mb", "part")
FILE_EMPTY = declare("file_empty", 422, CALLER, "part")
IMAGE_TOO_MANY_PIXELS = declare("image_too_many_pixels", 422, CALLER, "limit_megapixels", "part")
FILE_DANGEROUS = declare("file_dangerous", 422, CALLER, "found", "part")
FILE_ENCRYPTED = declare("file_encrypted", 422, CALLER, "part")
FILE_UNREADABLE = declare("file_unreadable", 422, CALLER, "part")
FILE_TOO_MANY_PAGES = declare("file_too_many_pages", 422, CALLER, "limit", "part")

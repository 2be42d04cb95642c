"""Refusals: files that somebody brings. `part` counts the files from 1; `page` is where a limit was reached."""

from domain.refusals.declared import CALLER, declare

FILE_TYPE_UNKNOWN = declare("file_type_unknown", 422, CALLER, "part")
FILE_IS_HEIC = declare("file_is_heic", 422, CALLER, "part")
FILE_TOO_LARGE = declare("file_too_large", 422, CALLER, "limit_mb", "part")
DEPOSIT_TOO_LARGE = declare("deposit_too_large", 422, CALLER, "limit_mb")
TOO_MANY_FILES = declare("too_many_files", 422, CALLER, "limit")
FILE_EMPTY = declare("file_empty", 422, CALLER, "part")
IMAGE_TOO_MANY_PIXELS = declare("image_too_many_pixels", 422, CALLER, "limit_megapixels", "part")
FILE_ENCRYPTED = declare("file_encrypted", 422, CALLER, "part")
FILE_UNREADABLE = declare("file_unreadable", 422, CALLER, "page", "part")
FILE_PAGE_DAMAGED = declare("file_page_damaged", 422, CALLER, "page", "part")
FILE_LACKS_LETTERS = declare("file_lacks_letters", 422, CALLER, "page", "part")
FILE_IS_RAW_PHOTOGRAPH = declare("file_is_raw_photograph", 422, CALLER, "part")
FILE_TOO_MANY_PAGES = declare("file_too_many_pages", 422, CALLER, "limit", "part")

# What a file has inside; `found` lists all of it.
FILE_DANGEROUS = declare("file_dangerous", 422, CALLER, "found", "part")
FILE_HAS_SCRIPT = declare("file_has_script", 422, CALLER, "found", "part")
FILE_HAS_FILES = declare("file_has_files", 422, CALLER, "found", "part")
FILE_HAS_MEDIA = declare("file_has_media", 422, CALLER, "found", "part")
FILE_HAS_CHANGING_FORM = declare("file_has_changing_form", 422, CALLER, "found", "part")
FILE_HAS_MALWARE = declare("file_has_malware", 422, CALLER, "found", "part")

# Limits of the work, each felt by a sound file, too.
FILE_UNPACKS_TOO_LARGE = declare("file_unpacks_too_large", 422, CALLER, "limit_mb", "part")
FILE_GROWS_TOO_LARGE = declare("file_grows_too_large", 422, CALLER, "limit_mb", "page", "part")
FILE_TAKES_TOO_LONG = declare("file_takes_too_long", 422, CALLER, "page", "part")
FILE_TAKES_TOO_MUCH_MEMORY = declare("file_takes_too_much_memory", 422, CALLER, "page", "part")

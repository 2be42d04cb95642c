"""What may be brought in one deposit, and how long taking it in may take: the one place that every process reads."""

MIB = 1024**2

MOST_FILES = 100
LARGEST_FILE = 50 * MIB
LARGEST_DEPOSIT = 64 * MIB
"""All files of one deposit together."""
LARGEST_FORM = LARGEST_DEPOSIT + MIB
"""The request that carries a deposit: a form around the files is small."""

MOST_TOLD, LONGEST_REMARK = 50, 200
"""Notes of a file that a copy does not show: how many are told, and how much of each."""

MOST_PAGES = 500
MOST_PIXELS = 50_000_000
"""Of one image."""
LARGEST_STREAM = 100 * MIB
"""Of one part inside a PDF, unpacked."""
LARGEST_UNPACKED = 300 * MIB
"""Of all of them together."""
LARGEST_READING_COPY = 300 * MIB

WORK_TO_EXAMINE, WORK_PER_PAGE, MOST_WORK = 15.0, 1.5, 240
"""Seconds of a processor. Scar: a page of JPEG 2000 in colour takes 0.8, 500 pages of a fax scan 53."""
LONGEST_TAKING_IN = 300
"""Seconds by the clock for all the work, on a machine that has other things to do."""
LONGEST_SCAN = 30
"""Seconds by the clock for the malware scanner, all files of a deposit together; within the next line's minute."""
LONGEST_ATTEMPT = LONGEST_TAKING_IN + 60
"""With fetching and storing the bytes."""
LONGEST_DEPOSIT = 2 * LONGEST_ATTEMPT
"""With a second attempt where a worker was killed during the first. After it whoever waits has an answer."""

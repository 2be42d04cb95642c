"""How long what may take, and how often it is tried again."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.pulse import DEAD_AFTER as PULSE
    from domain.files import LONGEST_ATTEMPT, LONGEST_DEPOSIT
    from workflows.engine.queues import CRYPTO, DOCUMENTS, LEXNET, PROCEDURES, ROOMS

__all__ = ["PULSE"]

FOREVER = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10))
"""Without end: what was accepted must happen. Typed refusals end it, because they cannot be retried."""

FOR_DAYS = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_interval=timedelta(minutes=10))
"""Without end, for what may be down for days: nobody is served sooner by asking it every ten seconds."""

UNTIL_REPORTED = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10), maximum_attempts=7
)
"""With the pauses between them about twenty seconds, where each attempt fails at once."""

QUICK = timedelta(seconds=10)
"""How long one attempt of a short activity may take before a dead worker is assumed."""

ATTEMPT_LIMITS = {
    PROCEDURES: QUICK,
    CRYPTO: timedelta(seconds=20),
    DOCUMENTS: timedelta(minutes=10),
    ROOMS: timedelta(seconds=10),
    LEXNET: timedelta(seconds=LONGEST_ATTEMPT),
}
"""How long one attempt may take on each queue. Setting the minutes of a very large case takes minutes."""

INTERACTIVE_ATTEMPT_LIMITS = {**ATTEMPT_LIMITS, DOCUMENTS: timedelta(seconds=60)}
"""The same while a person waits."""

TAKE_IN_LIMIT, DEPOSIT_LIMIT = timedelta(seconds=LONGEST_ATTEMPT), timedelta(seconds=LONGEST_DEPOSIT)
"""Of one attempt to take a document in, and of all: longer than its process may work, so that a person is told its
reason."""

MAIL_ATTEMPT_LIMIT = timedelta(minutes=12)
"""Standard: RFC 5321 4.5.3.2.6, a relay may take ten minutes to answer after the final dot. Who gives up earlier
hands the same mail over again."""

READ_STATE_LIMIT = timedelta(minutes=2)
"""Reading back the state of a very large case: tens of thousands of lines are decrypted."""

LOOK_LIMIT = timedelta(seconds=75)
"""Of one attempt to have pictures of a person or document looked at: longer than their process may take."""

INTERACTIVE_LIMIT = timedelta(seconds=30)
"""A person looks at the page: after this a command is given up with a clear refusal, and can be asked for again."""

REPORT_TROUBLE_AFTER = timedelta(seconds=20)
"""An automatic step that takes longer is reported as trouble on the console, and goes on trying."""

RETRY_REFUSED_AFTER = timedelta(minutes=10)
"""What was refused for good is tried again after this, or at once when somebody presses «try again»."""

JOURNAL_RETRY_FIRST, JOURNAL_RETRY_LAST = timedelta(minutes=1), timedelta(hours=1)
"""A journal that refuses for good is tried again after these and what lies between, twice as long each time: a week
of it costs a few hundred events of history."""

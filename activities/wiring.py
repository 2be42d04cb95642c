"""Builds every activity class from the ports of an installation, grouped by the queue that serves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from activities.account_notices import NoticesOfAccounts
from activities.anchoring import Anchoring
from activities.composing import Composing
from activities.criminal_records import CriminalRecordActs
from activities.documents import Documents
from activities.evidence import Evidence
from activities.identity import Identification
from activities.journal import CaseFiles
from activities.lexnet import Lexnet
from activities.minutes import MinutesWriting
from activities.notices import Notices
from activities.recordings import Manifests, Recordings
from activities.register_entries import RegisterEntries
from activities.registry_searches import RegistrySearches
from activities.rooms import Rooms
from activities.signing import Signing
from activities.terms import Terms
from activities.typesetting import Typesetting
from activities.webhooks import Webhooks
from domain.installation import AnchoringPorts, Installation, RoomsPorts
from domain.ports.media import MediaServer
from domain.ports.recording import Recorder
from domain.reading import CaseReading


@dataclass(frozen=True)
class ActivitiesByQueue:
    """Activities by task queue."""

    procedures: Sequence[Callable[..., Any]]
    crypto: Sequence[Callable[..., Any]]
    documents: Sequence[Callable[..., Any]]
    webhooks: Sequence[Callable[..., Any]]
    lexnet: Sequence[Callable[..., Any]]
    composing: Sequence[Callable[..., Any]]
    anchoring: Sequence[Callable[..., Any]]
    """Apart from all others: a process that serves these alone is all that has to hold the key that pays."""


def acts(here: Installation) -> ActivitiesByQueue:
    """What a worker serves."""
    cases = CaseReading(here.journal)
    typesetting = Typesetting(here.typesetter, here.vault, here.administrations, here.logos)
    files = CaseFiles(here.keys, here.journal, cases)
    identification = Identification(cases, here.mechanisms, here.pins, here.sms)
    signing = Signing(cases, here.vault, here.signer, here.accounts, here.administrations)
    documents = Documents(cases, here.vault, here.intake, here.scanner, typesetting)
    minutes = MinutesWriting(cases, here.vault, here.keys, typesetting, f"{here.public_url}/verificar")
    manifests = Manifests(cases, here.vault, here.recordings)
    composing = Composing(cases, here.vault, here.recordings, here.composer, here.administrations)
    evidence = Evidence(
        cases,
        here.vault,
        here.keys,
        here.signer,
        here.authority,
        here.batches,
        here.chain,
        here.accounts,
        here.administrations,
    )
    notices = Notices(
        cases,
        here.vault,
        here.keys,
        here.codes,
        here.relay,
        here.administrations,
        sender=here.mail_sender,
        public_url=here.public_url,
    )
    of_accounts = NoticesOfAccounts(
        here.account_notices,
        here.accounts,
        here.relay,
        here.administrations,
        sender=here.mail_sender,
        public_url=here.public_url,
    )
    webhooks = Webhooks(here.webhooks, here.caller)
    lexnet = Lexnet(cases, here.vault, here.intake, here.scanner, here.lexnet)
    entries = RegisterEntries(cases, here.vault, here.intake, here.scanner, here.registers)
    searches = RegistrySearches(cases, here.registers)
    records = CriminalRecordActs(cases, here.vault, here.criminal_records, typesetting)
    return ActivitiesByQueue(
        procedures=[
            files.open_case_file,
            files.append_events,
            files.read_state,
            identification.begin_identification,
            identification.complete_identification,
            identification.advise_on_stills,
            identification.send_pin,
            identification.check_pin,
            notices.issue_codes,
            notices.send_notice,
            of_accounts.find_account_notices,
            of_accounts.send_account_notice,
            Terms(here.administrations).reckon_term,
        ],
        crypto=[
            signing.sign_as_citizen,
            signing.sign_as_official,
            signing.seal_document,
            evidence.queue_leaf,
            evidence.look_for_anchor,
        ],
        documents=[
            documents.take_in_document,
            documents.write_document,
            records.write_record_report,
            manifests.keep_manifest,
            minutes.draft_minutes,
            minutes.set_minutes,
            evidence.compile_record,
            evidence.finish_bundle,
        ],
        anchoring=anchoring_acts(here),
        webhooks=[
            webhooks.find_systems_to_tell,
            webhooks.tell_system,
            records.exchange_record,
            entries.enter_document,
            searches.search_registry,
        ],
        composing=[composing.compose_recording],
        lexnet=[lexnet.file_request, lexnet.take_in_answers],
    )


def anchoring_acts(here: AnchoringPorts) -> Sequence[Callable[..., Any]]:
    """What the process of the anchoring serves."""
    anchoring = Anchoring(here.batches, here.chain, here.authority)
    return [anchoring.find_unanchored_batch, anchoring.close_batch, anchoring.anchor_batch]


def room_acts(here: RoomsPorts, media: MediaServer, recorder: Recorder, name: str = "") -> Sequence[Callable[..., Any]]:
    """What the sidecar of a media process of that name serves."""
    rooms = Rooms(media, recorder, here.vault, name)
    recordings = Recordings(recorder)
    return [
        rooms.open_room,
        rooms.admit_to_room,
        rooms.dismiss_from_room,
        rooms.pause_room,
        rooms.resume_room,
        rooms.mute_in_room,
        rooms.close_room,
        rooms.capture_still,
        recordings.start_recording,
        recordings.stop_recording,
    ]

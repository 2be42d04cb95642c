"""Which workflow holds the procedures of which family, and what else a worker serves."""

from typing import Any

from domain.types.vocabulary import Family
from workflows.account_notices import TellMemberOfStaffWorkflow, TellStaffWorkflow
from workflows.adr import AdrWorkflow
from workflows.anchoring import AnchorBatchWorkflow
from workflows.civil_registry import CivilRegistryWorkflow
from workflows.composing import ComposeRecordingWorkflow
from workflows.cooperation import CooperationWorkflow
from workflows.hearing import HearingWorkflow
from workflows.justice_office import JusticeOfficeWorkflow
from workflows.victim_assistance import VictimAssistanceWorkflow
from workflows.webhooks import TellSystemsWorkflow, TellSystemWorkflow

WORKFLOWS: dict[Family, type[Any]] = {
    Family.HEARING: HearingWorkflow,
    Family.CIVIL_REGISTRY: CivilRegistryWorkflow,
    Family.ADR: AdrWorkflow,
    Family.VICTIM_ASSISTANCE: VictimAssistanceWorkflow,
    Family.COOPERATION: CooperationWorkflow,
    Family.JUSTICE_OFFICE: JusticeOfficeWorkflow,
}

EVERY_WORKFLOW: tuple[type[Any], ...] = (
    *WORKFLOWS.values(),
    AnchorBatchWorkflow,
    TellSystemsWorkflow,
    TellSystemWorkflow,
    TellStaffWorkflow,
    TellMemberOfStaffWorkflow,
    ComposeRecordingWorkflow,
)
"""All that may be open in an installation."""

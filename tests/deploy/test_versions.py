"""Workers as versions of a deployment: what the engine gives to whom, before and after a version was made current."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeWorkerDeploymentRequest

from adapters.wiring import deployment, temporal_client
from bench.installation import open_house, settings_of
from deploy.build import build_of
from deploy.plan import PROCESSES, SERVERS
from deploy.processes import DEPLOYMENTS
from deploy.stack import Stack
from deploy.versions import make_part_current
from domain.ids import ProcedureId, workflow_id
from domain.types.vocabulary import Stage
from rehearsal.acting import Play

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Servers and processes as `make run` starts them."""
    with Stack(tmp_path_factory.mktemp("versions"), versioned=True) as stack:
        stack.need(*SERVERS)
        stack.prepare(people=False)
        stack.need(*PROCESSES)
        yield stack


async def test_a_procedure_is_served_by_the_version_that_the_stack_made_current(versioned: Stack) -> None:
    settings = settings_of(versioned)
    async with open_house(versioned) as house:
        room = await house.summon("conciliation", "prc_of_a_version")
        await room.reaches(Stage.SUMMONED)
        entries = await house.installation.journal.read(ProcedureId("prc_of_a_version"))
        described = await house.client.get_workflow_handle(workflow_id(ProcedureId("prc_of_a_version"))).describe()

    assert {json.loads(entry.line)["build"] for entry in entries} == {settings.build_id}
    info = described.raw_description.workflow_execution_info.versioning_info
    assert info.deployment_version.build_id == settings.build_id == build_of()
    assert info.behavior == deployment(settings).default_versioning_behavior.value


async def test_worker_and_sidecar_are_current_each_in_its_own_deployment(versioned: Stack) -> None:
    settings = settings_of(versioned)
    client = await temporal_client(settings)
    for part in DEPLOYMENTS.values():
        name = deployment(settings, part).version.deployment_name
        asked = DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=name)
        described = await client.workflow_service.describe_worker_deployment(asked)
        current = described.worker_deployment_info.routing_config.current_deployment_version
        assert (current.deployment_name, current.build_id) == (name, settings.build_id)


async def test_a_later_version_takes_an_open_procedure_over_once_it_is_current(versioned: Stack) -> None:
    async with open_house(versioned) as house:
        room = await house.summon("conciliation", "prc_of_two_versions")
        await room.reaches(Stage.SUMMONED)
        versioned.set_environment("worker", {"ESTRADO_BUILD_ID": "local-later"})
        versioned.supervisor.start("worker")
        later = settings_of(versioned).model_copy(update={"build_id": "local-later"})
        await make_part_current(later, "worker")
        await Play(room, "later").arrive()
        entries = await house.installation.journal.read(ProcedureId("prc_of_two_versions"))
        described = await house.client.get_workflow_handle(workflow_id(ProcedureId("prc_of_two_versions"))).describe()

    info = described.raw_description.workflow_execution_info.versioning_info
    assert info.deployment_version.build_id == "local-later"
    assert json.loads(entries[-1].line)["build"] == "local-later"


def test_another_line_of_code_is_another_build(tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text("a = 1\n")
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows" / "one.py").write_text("b = 1\n")
    before = build_of(tmp_path)
    assert build_of(tmp_path) == before

    (tmp_path / "workflows" / "one.py").write_text("b = 2\n")

    assert build_of(tmp_path) != before

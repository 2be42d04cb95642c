"""The bucket keeps what it was given: versions, terms, and no second object under one name."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from deploy.stack import Stack
from settings import Settings
from tests.deploy.test_state import s3


@pytest.fixture(scope="module")
def bucket(servers: Stack, settings: Settings) -> str:
    servers.need("s3")
    return settings.s3_bucket


def test_a_stored_version_cannot_be_deleted_even_with_the_operators_key(bucket: str, settings: Settings) -> None:
    version = s3(settings).put_object(Bucket=bucket, Key="locked", Body=b"minutes")["VersionId"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3(settings).delete_object(Bucket=bucket, Key="locked", VersionId=version, BypassGovernanceRetention=True)
    kept = s3(settings).get_object(Bucket=bucket, Key="locked", VersionId=version)
    assert kept["Body"].read() == b"minutes"


def test_a_term_can_be_lengthened_and_not_shortened(bucket: str, settings: Settings) -> None:
    s3(settings).put_object(Bucket=bucket, Key="term", Body=b"x")
    now = datetime.now(UTC)
    longer = {"Mode": "COMPLIANCE", "RetainUntilDate": now + timedelta(days=3)}
    s3(settings).put_object_retention(Bucket=bucket, Key="term", Retention=longer)  # type: ignore[arg-type]
    shorter = {"Mode": "COMPLIANCE", "RetainUntilDate": now + timedelta(hours=1)}
    with pytest.raises(ClientError, match="AccessDenied"):
        s3(settings).put_object_retention(Bucket=bucket, Key="term", Retention=shorter)  # type: ignore[arg-type]


def test_an_object_is_created_once(bucket: str, settings: Settings) -> None:
    s3(settings).put_object(Bucket=bucket, Key="once", Body=b"first", IfNoneMatch="*")
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3(settings).put_object(Bucket=bucket, Key="once", Body=b"second", IfNoneMatch="*")


def test_a_stranger_with_another_key_gets_nothing(bucket: str, settings: Settings) -> None:
    stranger = settings.model_copy(update={"s3_access_key": "stranger"})
    with pytest.raises(ClientError, match="InvalidAccessKeyId"):
        s3(stranger).list_objects_v2(Bucket=bucket)

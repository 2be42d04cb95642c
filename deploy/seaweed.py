"""The object store of the local stack: SeaweedFS speaking S3, one bucket under versioning and Object Lock."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from deploy.keys import write_private
from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import NotReady, Probe

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "estrado"
HEALTH_BUCKET = "health"
REGION = "eu-south-2"
LOCK_DAYS = 1


def part(place: Place) -> Part:
    directory = place.directory("s3")
    identities = directory / "identities.json"
    ports = place.ports
    return Part(
        name="s3",
        command=(
            # `mini` is up in a second and stops in two; `server` waits 5 s for an election and 15 s to stop.
            *(
                installed("weed"),
                "mini",
                f"-dir={directory / 'volumes'}",
                f"-ip={LOOPBACK}",
                f"-ip.bind={LOOPBACK}",
            ),
            *(f"-master.port={ports['s3-master']}", f"-master.port.grpc={ports['s3-master-grpc']}"),
            *(f"-volume.port={ports['s3-volume']}", f"-volume.port.grpc={ports['s3-volume-grpc']}"),
            *(f"-filer.port={ports['s3-filer']}", f"-filer.port.grpc={ports['s3-filer-grpc']}"),
            *(
                f"-admin.port={ports['s3-admin']}",
                f"-admin.port.grpc={ports['s3-admin-grpc']}",
                "-admin.ui=false",
            ),
            *(f"-s3.port={ports['s3']}", f"-s3.port.grpc={ports['s3-grpc']}", "-webdav=false"),
            *("-s3.port.iceberg=0", "-s3.port.lance=0"),
            *(f"-filer.localSocket={place.socket('filer')}", f"-s3.localSocket={place.socket('s3')}"),
            # Without identities SeaweedFS accepts any key.
            *(
                f"-s3.config={identities}",
                "-s3.autoCreateBucket=false",
                "-s3.allowDeleteBucketNotEmpty=false",
            ),
        ),
        probe=gives_back_what_it_keeps(place),
        address=place.url("s3"),
        before_start=lambda: lay_out(directory, identities, place),
        once_healthy=lambda: create_buckets(place),
    )


def settings(place: Place) -> dict[str, str]:
    return {
        "ESTRADO_S3_ENDPOINT": place.url("s3"),
        "ESTRADO_S3_REGION": REGION,
        "ESTRADO_S3_ACCESS_KEY": place.secrets.s3_access_key,
        "ESTRADO_S3_SECRET_KEY": place.secrets.s3_secret_key,
        "ESTRADO_S3_BUCKET": BUCKET,
        "ESTRADO_OBJECT_LOCK_DAYS": str(LOCK_DAYS),
    }


def lay_out(directory: Path, identities: Path, place: Place) -> None:
    (directory / "volumes").mkdir(parents=True, exist_ok=True)
    key = {"accessKey": place.secrets.s3_access_key, "secretKey": place.secrets.s3_secret_key}
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    identity = {"name": "estrado", "credentials": [key], "actions": actions}
    write_private(identities, json.dumps({"identities": [identity]}).encode())


def gives_back_what_it_keeps(place: Place) -> Probe:
    """Healthy once a stored object is read back (or there is none yet, at the first start).

    SeaweedFS says "healthy" seconds before its gateway knows again where objects are; reads fail meanwhile.
    """
    s3 = client(place, Config(retries={"max_attempts": 0}, connect_timeout=1, read_timeout=2))

    def probe() -> None:
        try:
            s3.get_object(Bucket=HEALTH_BUCKET, Key="alive")["Body"].read()
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] not in ("NoSuchBucket", "NoSuchKey"):
                raise NotReady(str(refusal)) from refusal
        except BotoCoreError as reason:
            raise NotReady(str(reason)) from reason

    return probe


def create_buckets(place: Place) -> None:
    """Object Lock can only be asked for when a bucket is created (it implies versioning).

    The default retention is the net under the adapter: an object stored without a term cannot be deleted
    either.
    """
    s3 = client(place, Config(retries={"max_attempts": 8}, connect_timeout=2, read_timeout=10))
    present = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    if BUCKET not in present:
        s3.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
    s3.put_object_lock_configuration(
        Bucket=BUCKET,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": LOCK_DAYS}},
        },
    )
    if HEALTH_BUCKET not in present:
        s3.create_bucket(Bucket=HEALTH_BUCKET)
    s3.put_object(Bucket=HEALTH_BUCKET, Key="alive", Body=b"alive")
    s3.close()


def client(place: Place, config: Config) -> "S3Client":
    return boto3.client(
        "s3",
        endpoint_url=place.url("s3"),
        region_name=REGION,
        aws_access_key_id=place.secrets.s3_access_key,
        aws_secret_access_key=place.secrets.s3_secret_key,
        config=config,
    )

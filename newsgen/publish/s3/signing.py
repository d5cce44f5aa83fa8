"""Where a bucket is, and the signature of requests to it. Owns boto3, which is optional.

Credentials come from boto3's own chain (environment, ~/.aws, SSO, the machine's role), which renews them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsgen.model.errors import Problem, UsageError
from newsgen.model.targets import TargetSettings
from newsgen.publish.http import require_library

__all__ = ["Sign", "open_bucket"]

Sign = Callable[[str, str, bytes, Mapping[str, str]], dict[str, str]]  # method, address, body, headers: all headers

_DEFAULT_REGION = "us-east-1"  # where neither settings nor environment name one; other stores take it too
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")


def open_bucket(target: TargetSettings, place: str) -> tuple[str, Sign]:
    """The address of a bucket, and what signs requests to it (AWS Signature Version 4).

    UsageError where the library, the credentials or the names in the settings cannot be used.
    """
    require_library("boto3", "s3", place)
    import boto3.session
    from botocore import exceptions
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest

    def refused(error: Exception) -> UsageError:
        """What boto3 says is not quoted: it may name keys, and files with keys."""
        return UsageError(Problem("publish-s3-credentials", place, values=(type(error).__name__,)))

    _check(target, place)
    try:
        session = boto3.session.Session()
        credentials: Any = session.get_credentials()
        if credentials is None:
            raise exceptions.NoCredentialsError
        region = target.region or session.region_name or _DEFAULT_REGION
        address = f"{target.endpoint.rstrip('/')}/{target.bucket}" if target.endpoint else ""
        address = address or _amazon_address(session, region, target.bucket)
    except exceptions.BotoCoreError as error:
        raise refused(error) from None

    def sign(method: str, address: str, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
        request = AWSRequest(method, address, headers=dict(headers), data=body)
        try:
            S3SigV4Auth(credentials.get_frozen_credentials(), "s3", region).add_auth(request)
        except exceptions.BotoCoreError as error:  # they expired, and could not be renewed
            raise refused(error) from None
        return {name: str(text) for name, text in request.headers.items()}

    return address, sign


def _check(target: TargetSettings, place: str) -> None:
    try:
        parts = urlsplit(target.endpoint or "https://amazonaws.com")
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query
    except ValueError:
        is_address = False
    for name, is_good in (("bucket", _BUCKET.fullmatch(target.bucket) is not None), ("endpoint", is_address)):
        if not is_good:
            raise UsageError(Problem("publish-s3-settings", place, values=(name,)))


def _amazon_address(session: Any, region: str, bucket: str) -> str:
    """Amazon's address of a bucket, of whatever part of Amazon and by whatever way the environment asks for.

    Its client takes a tenth of a second to make, and is needed for nothing else.
    """
    from botocore.config import Config

    style = "path" if "." in bucket else "virtual"  # the bucket's name as a host: with a dot no certificate is right
    config = Config(signature_version="s3v4", s3={"addressing_style": style})
    client = session.client("s3", region_name=region, config=config)
    address: str = client.generate_presigned_url("list_objects_v2", Params={"Bucket": bucket})
    client.close()
    return address.partition("?")[0].rstrip("/")

"""The webhooks that `leadgate.toml` describes, ready to be knocked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.forms.delivery import Provider
from connectors.forms.mapped import Shape
from connectors.forms.providers import IN_ADDRESS, SHAPED, find_provider
from connectors.forms.standard_webhooks import is_secret
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from leadgate.settings.secrets import find_secrets, require_secrets, secret_name
from leadgate.settings.webhooks import Webhook

SIGNED_AS_STANDARD = ("google_forms", "standard_webhooks")


@dataclass(frozen=True)
class Hook:
    """One source's webhook: how its deliveries are verified and read.

    `in_address`: the secret is the last part of the address. `ids_are_ours`: the id is what the
    settings say it is, so that one id with two contents is a mistake of theirs.
    """

    source: str
    provider: Provider
    secrets: tuple[str, ...] = field(repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    in_address: bool = False
    ids_are_ours: bool = False


def open_hooks(settings: Settings) -> Mapping[str, Hook]:
    """The webhook of each source that has one; a named error where its secret is missing."""
    return {
        name: _open_hook(name, source.webhook)
        for name, source in settings.sources.items()
        if source.webhook is not None
    }


def _open_hook(name: str, webhook: Webhook) -> Hook:
    provider = find_provider(webhook.provider, _shape(webhook))
    if provider is None:
        raise InvalidValueError(f'[sources.{name}.webhook]: no provider "{webhook.provider}".')
    secrets = require_secrets(name)
    if webhook.provider in SIGNED_AS_STANDARD and not all(map(is_secret, secrets)):
        raise InvalidValueError(
            f"{secret_name(name)}: a secret of Standard Webhooks is base64, after whsec_."
        )
    return Hook(
        source=name,
        provider=provider,
        secrets=secrets,
        words=find_secrets(name, "VERIFY"),
        in_address=webhook.provider in IN_ADDRESS,
        ids_are_ours=webhook.provider in SHAPED,
    )


def _shape(webhook: Webhook) -> Shape:
    return Shape(
        items=webhook.items,
        record=webhook.record,
        id=webhook.id,
        time=webhook.time,
        signature_header=webhook.signature_header,
        signature_prefix=webhook.signature_prefix,
        signature_encoding=webhook.signature_encoding,
    )

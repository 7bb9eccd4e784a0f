"""The providers of forms, calls and visits, by the names they have in `leadgate.toml`."""

from functools import partial
from typing import Final

from connectors.forms import (
    formstack,
    google_forms,
    gravity_forms,
    hubspot,
    jotform,
    mapped,
    meta_leads,
    standard_webhooks,
    tally,
    twilio,
    typeform,
    visits,
    webflow,
)
from connectors.forms.delivery import Provider
from connectors.forms.mapped import Shape
from connectors.forms.signatures import check_token

PROVIDERS: Final = {
    "envoy": Provider(visits.verify_envoy, visits.read_envoy),
    "formstack": Provider(formstack.verify, formstack.read),
    "google_forms": Provider(standard_webhooks.verify, google_forms.read),
    "gravity_forms": Provider(check_token, gravity_forms.read),
    "greetly": Provider(check_token, visits.read_check_in),
    "hubspot": Provider(hubspot.verify, hubspot.read),
    "jotform": Provider(check_token, jotform.read),
    "meta_leads": Provider(meta_leads.verify, meta_leads.read),
    "tally": Provider(tally.verify, tally.read),
    "twilio": Provider(twilio.verify, twilio.read),
    "typeform": Provider(typeform.verify, typeform.read),
    "webflow": Provider(webflow.verify, webflow.read),
}
# Read by the `Shape` that the source describes.
SHAPED: Final = ("standard_webhooks", "webhook")
# Send neither signature nor headers of ours: their secret is the last part of the address.
IN_ADDRESS: Final = ("jotform",)


def find_provider(name: str, shape: Shape | None = None) -> Provider | None:
    """The provider of this name, None where there is none."""
    shape = shape or Shape()
    if name == "standard_webhooks":
        return Provider(standard_webhooks.verify, partial(standard_webhooks.read, shape))
    if name == "webhook":
        return Provider(partial(mapped.verify, shape), partial(mapped.read, shape))
    return PROVIDERS.get(name)

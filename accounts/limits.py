"""How long to wait after too many tries. The counting itself is allauth's, in the shared cache."""

import time
from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP = "allauth.account"


def seconds_to_wait(request: HttpRequest, *, action: str, key: str) -> int:
    """Seconds until every limit of `action` would let one more try through; 0 when they would now."""
    now = time.time()
    waits = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        place = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        tries = [at for at in cache.get(place, []) if at > now - rate.duration]  # the newest comes first
        if len(tries) >= rate.amount:
            waits.append(tries[rate.amount - 1] + rate.duration - now)
    return ceil(max(waits))


def wait_in_words(seconds: int) -> str:
    """ "1 minute", "5 minutes", "2 hours": rounded up, so that nobody comes back too early."""
    minutes = max(1, ceil(seconds / 60))
    if minutes > 90:
        return f"{ceil(minutes / 60)} hours"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"

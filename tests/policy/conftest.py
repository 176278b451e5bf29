"""Tests never time: a slow machine must not fail a property."""

from hypothesis import settings

settings.register_profile("policy", deadline=None)
settings.load_profile("policy")

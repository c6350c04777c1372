"""Signing in: what django-allauth does, with our addresses, words, limits and rules about who may have an account."""

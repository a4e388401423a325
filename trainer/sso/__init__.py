"""Signing in with the company's account: OpenID Connect, WeCom, DingTalk and Feishu, through django-allauth.

Nobody signs up here: an account of the company is matched with a person who is there already.
"""

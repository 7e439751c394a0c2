"""The model fitted to what was published of 2015-2022, never to anything later, and how well that can be done.

`declared` says what is fitted to what, `observed` holds the published numbers, `runs` makes the runs, `screening` says
which parameters matter, `posterior` what the past says of them, `recovery` whether that can be believed.
"""

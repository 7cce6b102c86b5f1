"""The school register (Get Information about Schools): reading its CSV files, comparing, writing.

`reading` and `rows` turn a file into rows and know nothing of the database; `succession` reads the links
file; `whereabouts` finds points that cannot be right; `plan` compares with what is stored; `apply` writes
the plan; `importing` does it all.
"""

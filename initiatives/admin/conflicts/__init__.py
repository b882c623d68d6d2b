"""Two people at one form: nothing is overwritten unseen.

Begin with save.py; what the fields mean stands in form/.
"""

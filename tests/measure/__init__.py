"""Measurements that print figures: each module is one, run by `make measure WHAT=<module>`."""

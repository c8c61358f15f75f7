"""Figures that someone reports: rates with their denominators and intervals, and the funnel."""

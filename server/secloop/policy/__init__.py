"""What a team accepts: suppressions, waivers, baselines and thresholds turn matches into a verdict."""

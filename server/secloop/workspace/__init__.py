"""Where content comes from: roots, settings, discovery, git, open buffers and the persistent cache."""

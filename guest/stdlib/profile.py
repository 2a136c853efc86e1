from cProfile import Profile, run, runctx

__all__ = ["run", "runctx", "Profile"]

"""Nothing is installed in a sandbox."""


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return "No package metadata was found for %s" % self.args


def distribution(distribution_name):
    raise PackageNotFoundError(distribution_name)


version = metadata = files = requires = distribution


def distributions(**keywords):
    return iter(())


def entry_points(**params):
    return []


def packages_distributions():
    return {}

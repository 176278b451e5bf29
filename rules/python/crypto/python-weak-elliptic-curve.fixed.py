from cryptography.hazmat.primitives.asymmetric import ec


def make(curve):
    # ruleid: python-weak-elliptic-curve
    first = ec.generate_private_key(ec.SECP256R1())
    # ruleid: python-weak-elliptic-curve
    second = ec.generate_private_key(curve=ec.SECP256R1())
    # ruleid: python-weak-elliptic-curve
    third = ec.SECP256R1
    return first, second, third


def quiet(curve):
    # ok: python-weak-elliptic-curve
    ec.generate_private_key(ec.SECP256R1())
    # ok: python-weak-elliptic-curve
    ec.generate_private_key(ec.SECP384R1())
    # ok: python-weak-elliptic-curve
    names = {"secp192r1": ec.SECP192R1}
    # ok: python-weak-elliptic-curve
    isinstance(curve, ec.SECP192R1)

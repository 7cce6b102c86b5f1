"""People."""

import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with the password "pins-demo"."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("pins-demo")

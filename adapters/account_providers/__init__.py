"""The account providers of Administrations, by OpenID Connect."""

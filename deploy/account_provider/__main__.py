"""Starts the simulator of an account provider over a directory that was laid out."""

from deploy.account_provider.pages import application
from deploy.simulators.serving import options, serve


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--url", required=True)
    chosen = parser.parse_args()
    serve(application(chosen.dir, chosen.url), chosen)


if __name__ == "__main__":
    main()

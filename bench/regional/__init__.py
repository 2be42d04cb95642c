"""A case-management system of a Community, simulated: it knows the public interface and its webhooks, nothing else."""

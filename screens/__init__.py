"""What people see and press. Screens show and ask; what is true, and what may be done, comes from the services."""

"""What is computed: indicator definitions and their SQL, answers, progress against targets."""

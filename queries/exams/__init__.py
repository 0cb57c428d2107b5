"""The analysis of joint exams: pure statistics, lines, assigned scores and value added of domain sections 2 and 3."""

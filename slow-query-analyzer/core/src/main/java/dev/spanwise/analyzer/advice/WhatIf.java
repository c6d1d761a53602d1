package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.plan.Plan;

/**
 * The planner's answer.
 *
 * @param before the plan without the candidate
 * @param after the plan with it
 * @param used whether the plan scans the candidate
 * @param candidateBytes size of the candidate as built or estimated
 */
public record WhatIf(Plan before, Plan after, boolean used, long candidateBytes) {}

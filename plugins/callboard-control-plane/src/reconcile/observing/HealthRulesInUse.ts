import { createHash } from 'node:crypto';
import {
  HEALTH_FAMILIES,
  type HealthRule,
  type HealthRuleSet,
  assessHealth,
  compileHealthRules,
} from '@callboard/plugin-callboard-core';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Platform } from '../../Platform';
import { DIGEST_FORM } from './digestOf';

/** The platform's health rules, before the built-in ones. Compiled once for as long as they stay the same. */
export class HealthRulesInUse {
  readonly #platform: Platform;
  readonly #logger: LoggerService;
  #source?: readonly HealthRule[];
  #compiled?: HealthRuleSet;
  #fingerprint = '';

  constructor(platform: Platform, logger: LoggerService) {
    this.#platform = platform;
    this.#logger = logger;
    this.#take(platform.healthRules ?? []);
  }

  /** Judges an object by the current rules; undefined where its kind has no notion of health. */
  judge(object: KubeObject): Health | undefined {
    this.#look();
    return assessHealth(object, this.#compiled);
  }

  /** Changes with every rule, built-in ones included: objects judged by other rules are to be judged again. */
  get fingerprint(): string {
    this.#look();
    return this.#fingerprint;
  }

  #look(): void {
    const { healthRules = this.#source } = this.#platform;
    if (healthRules && healthRules !== this.#source) this.#take(healthRules);
  }

  /** Invalid rules change nothing: the previous ones stay in effect. */
  #take(rules: readonly HealthRule[]): void {
    this.#source = rules;
    const compiled = compileHealthRules(rules);
    if (!compiled.ok) {
      const { code, what, why } = compiled.problem;
      this.#logger.warn(`${what}: ${why}`, { code });
      return;
    }
    this.#compiled = compiled.value;
    this.#fingerprint = createHash('sha256')
      .update(JSON.stringify([HEALTH_FAMILIES, rules, DIGEST_FORM]))
      .digest('hex')
      .slice(0, 32);
  }
}

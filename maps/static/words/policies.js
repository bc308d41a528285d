/* What a figure policy is called that is not one of willay's own. */

/** Its words, where the data state them; else its name. */
export const ownPolicy = (words, policy) => (policy.words ? words.local(policy.words) : policy.name);

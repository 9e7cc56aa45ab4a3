/** How a model repairs the sandbox's commit that gives `formatPrice` a currency. */
export const CURRENCY_REPAIR = `CAUSE: formatPrice takes a currency since the latest change, and the menu page calls it without one.
CONFIDENCE: 0.95
CHANGE: The menu page gives EUR, the currency that its prices were shown in before.

FILE: app/menu/page.tsx
\`\`\`tsx
<<<<<<< SEARCH
formatPrice(item.cents)
======= REPLACE
formatPrice(item.cents, 'EUR')
>>>>>>> END
\`\`\`
`;

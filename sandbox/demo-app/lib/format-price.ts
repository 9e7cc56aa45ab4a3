const price = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

export function formatPrice(cents: number): string {
  return price.format(cents / 100);
}

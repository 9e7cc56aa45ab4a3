import { formatPrice } from '@/lib/format-price';
import { menu } from '@/lib/menu';

export default function MenuPage() {
  return (
    <main>
      <h1>Menu</h1>
      <ul>
        {menu.map((item) => (
          <li key={item.name}>
            {item.name}, {formatPrice(item.cents)}
          </li>
        ))}
      </ul>
    </main>
  );
}

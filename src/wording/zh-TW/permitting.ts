import type { permitting as english } from '../en/permitting.ts';
import type { Translation } from '../message.ts';

export const permitting: Translation<typeof english> = {
  'permitting.manage-server': '只有具備**管理伺服器**權限的成員才能在這裡這麼做。請找其中一位代為處理。',
  'permitting.only-asker': '只有提問者，或具備**管理訊息**權限的成員，才能刪除這則答案。',

  'too-often.adding-by-person': '您在十分鐘內已讓我讀取 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.adding-by-server': '這個伺服器在十分鐘內已讓我讀取 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.drawing-by-person': '您在十分鐘內已讓我製圖 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.drawing-by-server': '這個伺服器在十分鐘內已讓我製圖 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.exporting-by-person': '您在十分鐘內已匯出文庫 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.exporting-by-server': '這個伺服器在十分鐘內已匯出文庫 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.erasing-by-person': '您在十分鐘內已清空文庫 {most, number} 次，達到上限。請於 {when} 再試。',
  'too-often.erasing-by-server': '這個伺服器在十分鐘內已清空文庫 {most, number} 次，達到上限。請於 {when} 再試。',

  'stale.button': '這個按鈕已失效。請重新提問。',
  'stale.deed': '這個按鈕已失效：對象已不存在、已經處理過，或屬於別人。請重新開始。',
  'stale.view': '這個按鈕已失效：所屬文章已更動或已離開文庫。請重新提問。',
  'stale.form': '我已不認得這份表單。請重新開始。',

  'erasing.title': '永久清空整個文庫',
  'erasing.type': '輸入以下文字以清空文庫',
  'erasing.type-all': '輸入以下文字，清空全部 {count, number} 篇文章',
  'erasing.own-library': '我的文庫',
  'erasing.no-name-yet': 'Discord 還沒有告訴我這個伺服器的名稱。請過一分鐘再試。',
  'erasing.other-words': '沒有清空任何內容：輸入的不是 {words}。',
  'erasing.other-name': '沒有清空任何內容：輸入的不是伺服器名稱。',
  'erasing.erased': '已全部清空。文庫重新開始，裡面沒有您的任何內容；可用 {add} 新增文章。',
  'erasing.by-form': '請填寫表單以清空文庫。',
};

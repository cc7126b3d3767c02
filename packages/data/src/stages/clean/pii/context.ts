// What stands before a number and says what it is. Owns the words; they are looked for in the 40 units before it.

const REACH = 40;

const PHONE =
  /(?<![A-Za-z])(?:phones?|tel(?:ephone)?|mobile|cell|call(?: me| us)?|fax|whatsapp|wechat|sms|text(?: me)?|hotline|ring|dial|reach|handy|telefon|mobil|rufnummer|tél|téléphone|portable|teléfono|móvil|celular|contact|电话|手机|手机号|联系|致电|拨打|热线|座机|传真|来电|微信|電話|携帯|전화)(?:[^\n\d]{0,20})$/i;
const SSN = /(?<![A-Za-z])(?:ssn|social security|soc\.? sec)(?:[^\n\d]{0,20})$/i;
const OTHER =
  /(?<![A-Za-z])(?:order|invoice|ticket|tracking|serial|part|model|sku|item|product|article|isbn(?:-1[03])?|issn|doi|version|release|build|ver|v|ref|reference|case|batch|lot|receipt|transaction|account|acct|customer|parcel|shipment|barcode|ean|upc|gtin|asin|imei|uuid|hash|commit|checksum|sha\d*|md5|crc|timestamp|epoch|unix time|seed|row|page|section|chapter|rfc|patent|oid|catalogue|catalog|id|订单|订单号|单号|编号|序号|型号|批号|版本|版本号|流水号|快递|运单|发票|货号|条码|学号|工号|合同|bestellung|bestellnummer|rechnung|rechnungsnummer|artikel|artikelnummer|sendung|version|commande|facture|pedido|factura)(?:[\s_-]{0,2}(?:number|numbers|no|nr|num|id|code|date|号|号码|编号|为|是))?["'”]?[\s:：#=.(№-]{0,4}$/i;

/** The text before a place that says what stands there. */
const before = (text: string, at: number): string => {
  const reach = text.slice(Math.max(0, at - REACH), at);
  return reach.slice(reach.lastIndexOf("\n") + 1);
};

/** Whether it is called a telephone number. */
export const isCalledPhone = (text: string, at: number): boolean =>
  PHONE.test(before(text, at)) && !isCalledOther(text, at);

/** Whether it is called a social security number. */
export const isCalledSsn = (text: string, at: number): boolean => SSN.test(before(text, at));

/** Whether the word right before it says that it is something else: an order, a version, a serial number. */
export const isCalledOther = (text: string, at: number): boolean => OTHER.test(before(text, at));
